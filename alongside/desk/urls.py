"""The addresses of the desk, one list a section."""

from alongside.desk.account import urls as account
from alongside.desk.caseload import urls as caseload
from alongside.desk.find import urls as find
from alongside.desk.imports import urls as imports
from alongside.desk.mdt import urls as mdt
from alongside.desk.plan import urls as plan
from alongside.desk.referrals import urls as referrals
from alongside.desk.today import urls as today
from alongside.desk.unit import urls as unit
from alongside.desk.youth import urls as youth

urlpatterns = [
    *account.urlpatterns,
    *caseload.urlpatterns,
    *find.urlpatterns,
    *imports.urlpatterns,
    *mdt.urlpatterns,
    *plan.urlpatterns,
    *referrals.urlpatterns,
    *today.urlpatterns,
    *unit.urlpatterns,
    *youth.urlpatterns,
]
