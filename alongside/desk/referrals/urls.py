"""Addresses of referrals; ``<ref>`` is a random reference, never a key or a name."""

from django.urls import path

from alongside.desk.referrals import (
    assessment,
    begin,
    deciding,
    handing_off,
    looking,
    one,
    queue,
)

urlpatterns = [
    # ---------- lists ----------
    path("referrals/", queue.queue, name="referrals"),
    path("referrals/decided/", queue.decided, name="referrals_decided"),
    path("referrals/earlier/", queue.earlier, name="referrals_earlier"),
    path("referrals/look-up/", looking.across_units, name="referrals_look_up"),
    path("referrals/look-up/<uuid:ref>/", looking.answer, name="notice_answer"),
    # ---------- a draft ----------
    path("referrals/new/", begin.new, name="referral_new"),
    path("referrals/<uuid:ref>/draft/", begin.draft, name="referral_draft"),
    path("referrals/<uuid:ref>/same/", begin.same, name="referral_merge"),
    path("referrals/<uuid:ref>/set-aside/", begin.aside, name="referral_set_aside"),
    # ---------- one referral ----------
    path("referrals/<uuid:ref>/", one.referral, name="referral"),
    path("referrals/<uuid:ref>/take/", one.take, name="referral_take"),
    path("referrals/<uuid:ref>/give/", one.give, name="referral_give"),
    path("referrals/<uuid:ref>/look-up/", looking.ask, name="referral_look_up"),
    path("referrals/<uuid:ref>/answers/", assessment.read, name="referral_answers"),
    path("referrals/<uuid:ref>/assess/", assessment.write, name="referral_assess"),
    path("referrals/<uuid:ref>/decide/", deciding.decide, name="referral_decide"),
    path("referrals/<uuid:ref>/send/", handing_off.send, name="referral_send"),
    path("referrals/<uuid:ref>/step/", handing_off.step, name="referral_step"),
    path("referrals/<uuid:ref>/decline/", handing_off.decline, name="referral_decline"),
]
