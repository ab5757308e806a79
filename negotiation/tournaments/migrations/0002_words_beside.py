"""Words of changes stand beside the chain, where they can be erased; what covers them stays as it was."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def beside(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    for one in apps.get_model("tournaments", "Change").objects.iterator():
        if one.detail.get("reason"):
            one.words, one.detail = one.detail["reason"], one.detail | {"reason": None}
            one.save(update_fields=["words", "detail"])


def back(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    for one in apps.get_model("tournaments", "Change").objects.exclude(words="").iterator():
        if one.detail.get("reason", "") is None:
            one.detail = one.detail | {"reason": one.words}
            one.save(update_fields=["detail"])


class Migration(migrations.Migration):
    dependencies = [("tournaments", "0001_first")]

    operations = [
        migrations.AddField("change", "words", models.TextField(blank=True)),
        migrations.AddField("change", "salt", models.CharField(blank=True, editable=False, max_length=32)),
        migrations.RunPython(beside, back),
    ]
