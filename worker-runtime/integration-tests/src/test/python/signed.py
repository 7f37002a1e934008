"""A Celery application whose messages are signed by its `auth` serializer: a worker, and a caller of a Java worker."""
import json
import os
import sys

from celery import Celery

folder = os.environ["PEER_IDENTITY"]
app = Celery("signed", broker=os.environ["PEER_BROKER_URI"], backend="rpc://")
app.conf.update(
    task_default_queue=os.environ["PEER_QUEUE"],
    task_serializer="auth",
    result_serializer="auth",
    event_serializer="auth",
    accept_content=["auth"],
    security_key=folder + "/python.key",
    security_certificate=folder + "/python.crt",
    security_cert_store=folder + "/store/*",
    worker_enable_remote_control=False,
)
app.setup_security()


@app.task(name="p.add")
def add(x, y):
    return x + y


@app.task(name="p.fail")
def fail(message):
    raise ValueError(message)


if __name__ == "__main__":
    def show(name, value):
        print(json.dumps({"call": name, "saw": value}), flush=True)

    def call(name, *args, **options):
        return app.send_task(name, args, **options).get(timeout=30)

    show("add", call("t.add", 4, 6))
    show("gzip", call("t.add", 5, 6, compression="gzip"))
    show("retry", call("t.flaky", 2))
    show("text", call("t.echo", "Grüße, 世界"))
    try:
        call("t.fail", "no such order")
    except Exception as e:
        show("fail", [type(e).__name__, str(e)])
    show("chain", (app.signature("t.add", (1, 2)) | app.signature("t.add", (10,))).apply_async().get(timeout=30))
