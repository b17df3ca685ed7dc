"""The addresses of the site as the demonstration has them."""

from django.urls import include, path

from lucca_partecipa import urls

urlpatterns = [path("demo/", include("notifiche.demo")), *urls.urlpatterns]
