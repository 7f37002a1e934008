"""Celery's side of the throughput benchmark: the same task, acknowledged on completion like jtask's."""
import os

from celery import Celery

app = Celery("bench", broker=os.environ["BENCH_BROKER_URI"])
app.conf.update(task_acks_late=True, task_ignore_result=True, task_default_queue="bench")


@app.task(name="bench.noop")
def noop(n):
    return None
