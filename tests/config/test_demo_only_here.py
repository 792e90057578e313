"""Demo mode lets anybody in, so a server that faces others does not start in it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from alongside.config.deployment import demo

NAME = "ALONGSIDE_DEMO"


def test_demo_mode_and_no_debug_is_refused_at_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="lets anybody in"):
        demo({NAME: "1"}, NAME, debug=False)


@pytest.mark.parametrize(("given", "debug"), [("1", True), ("0", False), ("", False)])
def test_else_it_is_as_chosen(given: str, debug: bool) -> None:
    assert demo({NAME: given}, NAME, debug=debug) is (given == "1")
