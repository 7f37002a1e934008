"""The Python twin of the Java worker: the same tasks with the prefix p, on queue py."""

import os
import time

from celery import Celery
from celery.exceptions import Reject

app = Celery(
    "twin",
    broker=os.environ.get("JTASK_BROKER_URI", "amqp://guest:guest@127.0.0.1:5672/"),
    backend=os.environ.get("JTASK_RESULT_BACKEND", "rpc://"),
)
app.conf.task_routes = {"p.*": {"queue": "py"}, "t.*": {"queue": os.environ.get("JTASK_QUEUES", "celery").split(",")[0]}}
app.conf.task_acks_late = True

heard = []


@app.task(name="p.add")
def add(x, y):
    return x + y


@app.task(name="p.echo")
def echo(v):
    return v


@app.task(name="p.tsum")
def tsum(values):
    return sum(values)


@app.task(name="p.kw")
def kw(a, *, b):
    return {"a": a, "b": b}


@app.task(name="p.big")
def big(n):
    return "x" * n


@app.task(name="p.ignored", ignore_result=True)
def ignored():
    return 1


@app.task(name="p.spawn")
def spawn():
    return add.delay(1, 2).id


@app.task(name="p.fail")
def fail(msg):
    raise ValueError(msg)


@app.task(name="p.retry", bind=True, max_retries=3)
def retry(self, n):
    attempt = self.request.retries + 1
    if attempt < n:
        raise self.retry(countdown=1.5, exc=ValueError(f"attempt {attempt} of {n}"))
    return attempt


@app.task(name="p.reject")
def reject(requeue):
    raise Reject("asked to", requeue=requeue)


@app.task(name="p.errlog")
def errlog(id):
    heard.append(id)
    return id


@app.task(name="p.errlogged")
def errlogged():
    return heard


@app.task(name="p.sleep")
def sleep(seconds):
    time.sleep(seconds)
    return seconds


@app.task(name="p.spin")
def spin(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return seconds


@app.task(name="p.late", track_started=True)
def late(seconds):
    time.sleep(seconds)
    return "done"


@app.task(name="p.progress", bind=True)
def progress(self):
    for step in range(1, 6):
        self.update_state(state="PROGRESS", meta={"current": step, "total": 5})
        time.sleep(0.2)
    return "done"
