from typing import Any

import django.contrib.postgres.constraints
from django.conf import settings
from django.db import migrations, models


def keep_the_first(apps: Any, schema_editor: Any) -> None:
    """Of covers of one person that overlap, the one that was set first holds."""
    covers = (
        apps.get_model("staff", "Cover")
        .objects.using(schema_editor.connection.alias)
        .order_by("set_at", "pk")
    )
    kept: dict[tuple[int, int], list[Any]] = {}
    for one in covers:
        others = kept.setdefault((one.unit_id, one.away_id), [])
        if any(
            one.first_day <= other.last_day and other.first_day <= one.last_day
            for other in others
        ):
            one.delete()
        else:
            others.append(one)
    schema_editor.execute("set constraints all immediate")


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_grants_opened_in_an_emergency'),
        ('staff', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(keep_the_first, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='cover',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('unit_id'), models.F('unit_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('away_id'), models.F('away_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('first_day'), models.F('last_day'), models.Value('[]'), function='daterange'), '&&')], name='cover_once_at_a_time'),
        ),
    ]
