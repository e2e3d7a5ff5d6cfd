"""`pb-engine work`: what must happen without anybody clicking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import click

from pb_engine.cli.running import stop_signal, this_engine
from pb_engine.domain.phases import DUTCH_TIME
from pb_engine.engine import PARTS, Engine
from pb_engine.services import placards, study_answers, throttles
from pb_engine.services.digest import send_digests
