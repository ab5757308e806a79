"""Who was forgotten has no name in the tenures; before, one word, or the name by which the pages call the player."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def nameless(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    for tournament in apps.get_model("tournaments", "Tournament").objects.iterator():
        players = list(tournament.players.all())
        # Registration was closed when all were forgotten.
        all_were = not tournament.registration and all(one.name == f"Player {one.number}" for one in players)
        for one in players:
            if all_were:
                one.tenures = [[first, ""] for first, _name in one.tenures or [[one.entered, ""]]]
            else:
                one.tenures = [[first, "" if name == "forgotten" else name] for first, name in one.tenures]
            one.save(update_fields=["tenures"])


class Migration(migrations.Migration):
    dependencies = [("tournaments", "0002_words_beside")]

    operations = [migrations.RunPython(nameless, migrations.RunPython.noop)]
