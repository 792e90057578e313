from typing import Any

from django.conf import settings
from django.db import migrations, models


def answer_the_later_ones(apps: Any, schema_editor: Any) -> None:
    """Of several that wait for one young person the first is left to be answered."""
    waiting = (
        apps.get_model("cases", "HandOver")
        .objects.using(schema_editor.connection.alias)
        .filter(answered_at=None)
        .order_by("offered_at", "pk")
    )
    first = set()
    for one in waiting:
        if (one.youth_id, one.unit_id) not in first:
            first.add((one.youth_id, one.unit_id))
            continue
        one.answered_at, one.accepted = one.offered_at, False
        one.answer_note = "It was offered once already, and that offer waits."
        one.save(update_fields=["answered_at", "accepted", "answer_note"])
    # What the history notes down for it is over before the table changes.
    schema_editor.execute("set constraints all immediate")


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_grants_opened_in_an_emergency'),
        ('cases', '0002_remove_case_insert_insert_remove_case_update_update_and_more'),
        ('people', '0001_initial'),
        ('referrals', '0002_hand_offs_and_drafts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(answer_the_later_ones, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('youth', 'unit'), name='hand_over_waits_once'),
        ),
    ]
