"""The Python side of the interoperability tests: a Celery application as its users write it."""
import os

from celery import Celery

app = Celery("peer", broker=os.environ["PEER_BROKER_URI"], backend=os.environ.get("PEER_BACKEND", "rpc://"))
app.conf.update(task_default_queue=os.environ["PEER_QUEUE"], task_acks_late=True, task_track_started=True)


@app.task(name="p.add")
def add(x, y):
    return x + y


@app.task(name="p.echo")
def echo(v):
    return v


@app.task(name="p.type")
def type_name(v):
    return type(v).__name__


@app.task(name="p.kw")
def kw(a, *, b="none"):
    return [a, b]


@app.task(name="p.fail")
def fail(message):
    raise ValueError(message, 42)


@app.task(name="p.retry", bind=True, max_retries=3)
def retry(self, n):
    if self.request.retries < n:
        raise self.retry(countdown=0.1)
    return self.request.retries


@app.task(name="p.headers", bind=True)
def headers(self):
    return [self.request.id == self.request.root_id, self.request.parent_id, self.request.get("x_shop")]


@app.task(name="p.sum")
def total(values):
    return sum(values)
