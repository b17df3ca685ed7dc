"""The editors' side: Wagtail's own settings. None varies from place to place."""

WAGTAIL_SITE_NAME = "Partecipa Lucca"
WAGTAIL_PAGE_MODEL = "cms.BasePage"
WAGTAILIMAGES_IMAGE_MODEL = "cms.Immagine"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.Documento"
WAGTAIL_I18N_ENABLED = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_LOGIN_URL = "/cms/login/"  # which sends on to /accedi/login/ whoever is not in
WAGTAIL_FRONTEND_LOGIN_URL = "/accedi/login/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no third-party request
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # passwords and addresses change in the area personale only
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False  # who approves is told, not who looks after the machine
# What is said of a page goes with a refusal, and by our outbox; notes in the margin would be mailed inside the request.
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.ImmagineForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]  # no SVG: it is a program; all are encoded anew (cms.campi)
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
# Open formats, and those that offices get from others. A program, a page of HTML or an SVG is none of them.
WAGTAILDOCS_EXTENSIONS = ["pdf", "odt", "ods", "odp", "docx", "xlsx", "pptx", "csv", "txt", "rtf", "xml", "json"]
WAGTAILDOCS_EXTENSIONS += ["geojson", "zip", "p7m", "asc"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # through our door, with its headers: also where files lie in a bucket
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("it", "Italiano")]  # the help that we write there is Italian
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
TAGGIT_CASE_INSENSITIVE = True
# Where a field says nothing else: no size, no colour, no table, no picture in running text (cms.blocks.testo).
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]},
    }
}
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # «lunedì» in an address becomes %C3%AC where it is copied
