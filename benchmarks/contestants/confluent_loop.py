"""confluent-kafka, a plain loop: consume a batch, produce, flush, commit it synchronously.

After "Synchronous commits" in the client's documentation: the commit comes after the work, so nothing is
lost; a batch of messages shares one flush and one commit. Offsets are those of the consumer's position.
"""

from confluent_kafka import Consumer, KafkaError, Message, Producer

from benchmarks.contestants import Stop, read_options
from benchmarks.payload import load_function

BATCH_MESSAGES = 50


def main() -> None:
    """Run until SIGTERM."""
    options = read_options()
    function = load_function(options.function, options.prefix)
    stop = Stop()
    consumer = Consumer(
        {
            "bootstrap.servers": options.servers,
            "group.id": options.group,
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
        }
    )
    producer = Producer(
        {
            "bootstrap.servers": options.servers,
            "enable.idempotence": True,
            "acks": "all",
            "compression.type": options.compression,
        }
    )
    failures: list[KafkaError] = []

    def delivered(error: KafkaError | None, _: Message) -> None:
        if error is not None:
            failures.append(error)

    consumer.subscribe([options.raw])
    try:
        while not stop:
            messages = consumer.consume(BATCH_MESSAGES, timeout=0.2)
            for message in messages:
                if message.error():
                    raise RuntimeError(message.error())
                for topic, record in function(message.value()):
                    producer.produce(
                        topic, record.value, record.key, headers=record.headers, on_delivery=delivered
                    )
                    producer.poll(0)
            if messages:
                producer.flush()
                if failures:
                    raise RuntimeError(failures[0])
                consumer.commit(asynchronous=False)
    finally:
        consumer.close()


if __name__ == "__main__":
    main()
