"""The question of the form on the place."""

from __future__ import annotations

from actions.form_question import FormQuestion
from actions.forms.validate_course_form import ANYWHERE


class AskPlace(FormQuestion):
    """Asked only when the place is not known yet."""

    slot = "place"
    values = ()
    no_matter = ANYWHERE
