"""Sends `roundtrip.py TASKS` tasks one after the other, a pause between, and prints how long each took in milliseconds."""
import sys
import time

from bench import echo

for n in range(int(sys.argv[1])):
    began = time.perf_counter()
    assert echo.delay(n).get(timeout=30) == n
    print(f"took {(time.perf_counter() - began) * 1e3:.3f}", flush=True)
    time.sleep(0.005)
