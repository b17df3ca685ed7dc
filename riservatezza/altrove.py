"""Tables of the packages we stand on, and what becomes of what they hold of a person.

The second half of the register (riservatezza.registro). Where they hold anything, riservatezza.actions.altrove takes
it out when that person erases their data; tests/conformance/test_riservatezza.py fails on a table that is not here.
"""

from __future__ import annotations

from django.apps import apps
from django.conf import settings

from riservatezza.registro import campi_di_parole

ALTROVE: dict[str, str] = {
    "account.EmailAddress": "deleted with the account",
    "account.EmailConfirmation": "deleted with its address; a random key",
    "auth.Group": "words of ours",
    "auth.Permission": "words of ours",
    "contenttypes.ContentType": "names of tables",
    "mfa.Authenticator": "deleted with the account",
    "sessions.Session": "who logged in, an appointment being booked: those with the account or its address end; "
    "else 14 days",
    "taggit.Tag": "words of the editors, on public pages",
    "wagtailadmin.EditingSession": "which page an editor has open",
    "wagtailadmin.FormState": "what an editor has not saved yet: deleted with the account",
    "wagtailcore.APIToken": "of programs, not of people",
    "wagtailcore.Collection": "words of the editors",
    "wagtailcore.CollectionViewRestriction": "a password of a collection, not of a person",
    "wagtailcore.Comment": "words of the editors on a page",
    "wagtailcore.CommentReply": "words of the editors on a page",
    "wagtailcore.Locale": "a code",
    "wagtailcore.ModelLogEntry": "the name of an account that an administrator saved: replaced",
    "wagtailcore.PageLogEntry": "titles of pages",
    "wagtailcore.PageViewRestriction": "a password of a page, not of a person",
    "wagtailcore.ReferenceIndex": "numbers and names of fields",
    "wagtailcore.Revision": "pages, public: an account has no revisions",
    "wagtailcore.Site": "words of ours",
    "wagtailcore.Task": "words of the editors",
    "wagtailcore.TaskState": "words of the editors on a page",
    "wagtailcore.UploadedFile": "what an editor uploads for a page",
    "wagtailcore.Workflow": "words of the editors",
    "wagtailcore.WorkflowState": "numbers",
    "wagtaildocs.Document": "public",
    "wagtailembeds.Embed": "public, of other sites",
    "wagtailforms.FormSubmission": "no page of ours is a form",
    "wagtailimages.Image": "public",
    "wagtailimages.Rendition": "public",
    "wagtailredirects.Redirect": "addresses of pages",
    "wagtailsearch.IndexEntry": "words of pages: an account is not indexed",
    "wagtailsearch.SQLiteFTSIndexEntry": "words of pages: an account is not indexed",
    "wagtailusers.UserProfile": "deleted with the account",
}


def tabelle_di_altri() -> set[str]:
    """Every table that is not ours and could hold words: "app.Model"."""
    altre = (config for config in apps.get_app_configs() if not _di_qui(config.path))
    return {modello._meta.label for config in altre for modello in config.get_models() if campi_di_parole(modello)}


def _di_qui(cartella: str) -> bool:
    return cartella.startswith(str(settings.BASE_DIR)) and "site-packages" not in cartella
