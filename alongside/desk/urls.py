"""The addresses of the desk, one list a section."""

from alongside.desk.account import urls as account

urlpatterns = [*account.urlpatterns]
