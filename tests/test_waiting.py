"""A helper of the tests that never answers, or dies, costs one test and not the whole run."""

from __future__ import annotations

import os
import sys

import pytest

from tests.waiting import HelperProcess

HELPER = """
import json, os, sys, time
for line in iter(sys.stdin.readline, ""):
    wish = json.loads(line)["wish"]
    if wish == "hang":
        if os.fork() == 0:
            time.sleep(600)  # it holds the other end of the answers
        time.sleep(600)
    if wish == "die":
        os._exit(3)
    print(wish, flush=True)
"""


@pytest.mark.parametrize("wish", ["hang", "die"])
def test_a_helper_that_gives_no_answer_is_ended_with_all_it_started_and_replaced(wish: str) -> None:
    helper = HelperProcess([sys.executable, "-c", HELPER], os.environ, limit=2)
    helper.send({"wish": "first"})
    assert helper.answer() == "first\n"
    helper.send({"wish": wish})
    with pytest.raises(AssertionError, match="pas de réponse"):
        helper.answer()
    helper.send({"wish": "last"})
    assert helper.answer() == "last\n"
    helper.close()
