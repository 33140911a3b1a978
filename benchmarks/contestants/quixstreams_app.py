"""Quix Streams: one dataframe, expanded into what the function gives, each record to its topic.

After "Processing guarantees" and "Checkpointing" in its documentation: at least once, an idempotent producer,
and a checkpoint every five seconds that flushes the producer before it commits. Those are its defaults.
"""

from quixstreams import Application
from quixstreams.models import SerializationContext, Serializer

from benchmarks.contestants import read_options
from benchmarks.payload import load_function
from streams.codec import Record

Out = tuple[str, Record]


class ValueOf(Serializer):
    """Sends the value of a record that is bytes already."""

    def __call__(self, value: Out, ctx: SerializationContext) -> bytes | None:
        """Give the bytes."""
        return value[1].value


def main() -> None:
    """Run until SIGTERM, which it takes itself."""
    options = read_options()
    function = load_function(options.function, options.prefix)
    app = Application(
        broker_address=options.servers,
        consumer_group=options.group,
        auto_offset_reset="earliest",
        processing_guarantee="at-least-once",
        producer_extra_config={
            "enable.idempotence": True,
            "acks": "all",
            "compression.type": options.compression,
        },
        auto_create_topics=False,
        loglevel="WARNING",
    )
    outputs = {
        name: app.topic(name, key_serializer="bytes", value_serializer=ValueOf()) for name in options.outputs
    }
    articles = app.dataframe(app.topic(options.raw, key_deserializer="bytes", value_deserializer="bytes"))
    found = articles.apply(function, expand=True)
    found = found.set_headers(lambda out, *_: out[1].headers)
    found.to_topic(lambda out, *_: outputs[out[0]], key=lambda out: out[1].key)
    app.run()


if __name__ == "__main__":
    main()
