"""The cases that are there already can be searched: `manage.py prepara` sees to it, right after the migrations.

It was done here, with the words and rules of the search as they are today: any later change of those would have broken
new installations, whose tables are at this point those of then. Where it has run already nothing is missing.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0010_ricercabile")]

    operations = []
