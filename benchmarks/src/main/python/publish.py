"""Sends `publish.py MESSAGES` tasks that ask for a result, each confirmed before the next, as Celery's client does."""
import sys

from bench import app, echo

with app.producer_pool.acquire(block=True) as producer:
    for n in range(int(sys.argv[1])):
        echo.apply_async((n,), producer=producer)
