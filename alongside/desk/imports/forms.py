"""Choosing the files of an import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ManyFiles(forms.FileInput):
    """A control in which several files can be chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each with its content."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file chosen; none is refused here for what it holds."""
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in files]


class StartForm(forms.Form):
    """The workbooks, and the day they were kept to."""

    workbooks = FilesField(
        label=_("Workbooks"),
        help_text=_(
            "Excel, OpenDocument or CSV, up to 12 MB together. Choose the caseload and"
            " the MDT calendar at once: each explains the other."
        ),
        error_messages={"required": _("Choose at least one file.")},
    )
    kept_to = forms.DateField(
        label=_("Kept to"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "The last day somebody worked on them. Empty: the day they were last saved."
            " Reviews after it are still to come."
        ),
    )
