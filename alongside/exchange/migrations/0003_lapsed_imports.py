from typing import Any

from django.db import migrations, models


def forget_first_values(apps: Any, schema_editor: Any) -> None:
    """What is over needs no first values of its columns any more."""
    runs = apps.get_model("exchange", "ImportRun").objects
    over = runs.using(schema_editor.connection.alias).filter(
        state__in=["committed", "undone", "dropped"]
    )
    over.update(mappings=[])


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0002_long_imports'),
    ]

    operations = [
        migrations.RunPython(forget_first_values, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='importrun',
            name='state',
            field=models.CharField(choices=[('reading', 'Being read'), ('mapping', 'Columns to check'), ('rehearsed', 'Dry run'), ('writing', 'Being brought in'), ('committed', 'Brought in'), ('undone', 'Undone'), ('dropped', 'Dropped'), ('lapsed', 'Not brought in in time')], default='reading', max_length=20),
        ),
    ]
