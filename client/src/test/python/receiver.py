"""What Celery's event receiver makes of the tasks that a Java client sends: a line of JSON for each, after a first one
when it listens."""
import json
import os
import sys

from celery import Celery

app = Celery(broker=os.environ["PEER_BROKER_URI"])
state = app.events.State()
wanted = int(sys.argv[1])


def take(event):
    global wanted
    state.event(event)
    if event["type"] != "task-sent":
        return
    task = state.tasks[event["uuid"]]
    print(json.dumps({
        "id": task.id, "state": task.state, "name": task.name, "args": task.args, "kwargs": task.kwargs,
        "root": task.root_id, "retries": task.retries, "routing_key": task.routing_key, "exchange": task.exchange,
        "queue": event["queue"], "eta": task.eta, "by": event["hostname"], "sent": task.sent is not None}), flush=True)
    wanted -= 1
    if wanted == 0:
        receiver.should_stop = True


def ready(*args, **kwargs):
    print(json.dumps("listens"), flush=True)


with app.connection() as connection:
    receiver = app.events.Receiver(connection, handlers={"*": take})
    receiver.on_consume_ready = ready
    receiver.capture(limit=None, timeout=60)
