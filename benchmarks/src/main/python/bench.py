"""Celery's side of the benchmark: the same tasks as Tasks.java, acknowledged on completion like jtask's."""
import multiprocessing
import os
import time

from celery import Celery

app = Celery("bench", broker=os.environ["BENCH_BROKER_URI"], backend="rpc://")
app.conf.update(task_acks_late=True, task_default_queue="bench", broker_transport_options={"confirm_publish": True})
# made before the pool forks, so that its processes count together
runs = multiprocessing.Value("q", 0)


def count():
    with runs.get_lock():
        runs.value += 1


@app.task(name="bench.noop", ignore_result=True)
def noop(n):
    count()


@app.task(name="bench.echo")
def echo(n):
    count()
    return n


@app.task(name="bench.total")
def total():
    return runs.value


@app.task(name="bench.wait", ignore_result=True)
def wait(file, seconds):
    with open(file, "a") as out:
        out.write("started\n")
    time.sleep(seconds)
