"""The addresses of the desk, one list a section."""

from alongside.desk.account import urls as account
from alongside.desk.plan import urls as plan

urlpatterns = [*account.urlpatterns, *plan.urlpatterns]
