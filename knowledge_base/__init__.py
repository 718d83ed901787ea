"""The knowledge base: everything the agency knows, found from how people say it."""

from knowledge_base.facade import KnowledgeBase
from knowledge_base.geo.place import Place
from knowledge_base.hits import Hit, SearchPage
from knowledge_base.settings import KnowledgeSettings
from knowledge_base.sheet import Sheet

__all__ = ["Hit", "KnowledgeBase", "KnowledgeSettings", "Place", "SearchPage", "Sheet"]
