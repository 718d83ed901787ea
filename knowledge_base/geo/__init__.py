"""Places of Normandie: the gazetteer, and the place that a sentence names."""

from knowledge_base.geo.place import Place, distance_km

__all__ = ["Place", "distance_km"]
