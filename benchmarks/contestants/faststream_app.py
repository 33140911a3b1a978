"""FastStream on its Kafka broker (aiokafka): a subscriber that publishes what the function gives.

After "Acknowledgement" and "Batching" in its documentation: `AckPolicy.NACK_ON_ERROR` commits after the
handler, which has awaited every publication; messages come in batches, so that a batch shares a commit. The
function wants bytes, so nothing is decoded before it.
"""

import asyncio

from faststream import FastStream
from faststream.kafka import KafkaBroker, KafkaMessage
from faststream.middlewares import AckPolicy

from benchmarks.contestants import read_options
from benchmarks.payload import load_function

BATCH_RECORDS = 50

options = read_options()
function = load_function(options.function, options.prefix)
broker = KafkaBroker(
    options.servers,
    acks="all",
    enable_idempotence=True,
    compression_type=options.compression,  # type: ignore[arg-type]
)
app = FastStream(broker)


async def as_it_came(message: KafkaMessage) -> object:
    """Give the bytes of a batch."""
    return message.body


@broker.subscriber(
    options.raw,
    group_id=options.group,
    batch=True,
    max_records=BATCH_RECORDS,
    auto_offset_reset="earliest",
    ack_policy=AckPolicy.NACK_ON_ERROR,
    decoder=as_it_came,
)
async def extract(articles: list[bytes]) -> None:
    """Extract a batch."""
    for article in articles:
        await asyncio.gather(
            *(
                broker.publish(
                    record.value,
                    topic,
                    key=record.key,
                    headers={name: text.decode() for name, text in record.headers},
                )
                for topic, record in function(article)
            )
        )


if __name__ == "__main__":
    asyncio.run(app.run())
