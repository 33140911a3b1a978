// Follow Teletipo's events with KafkaJS: node consumer.mjs BROKERS [PREFIX]
import { randomUUID } from "node:crypto";
import { Kafka, logLevel } from "kafkajs";

const [brokers, prefix = ""] = process.argv.slice(2);
const kafka = new Kafka({ brokers: brokers.split(","), clientId: "teletipo-example", logLevel: logLevel.ERROR });
// A group of its own each time: every start reads what stands now.
const consumer = kafka.consumer({ groupId: `teletipo-example-${randomUUID()}` });
const standing = new Map();
let left = Number(process.env.LIMIT ?? -1);

await consumer.connect();
const admin = kafka.admin();
await admin.connect();
const topics = (await admin.listTopics()).filter((name) => name.startsWith(`${prefix}events.`));
await admin.disconnect();
await consumer.subscribe({ topics, fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    if (left === 0) return;
    const id = message.key.toString();
    if (message.value === null) {
      standing.delete(id); // a tombstone: the article was corrected, the event no longer stands
      console.log(`- ${id}`);
    } else {
      const event = JSON.parse(message.value.toString());
      standing.set(id, event); // the same id again: delivered twice, or told better
      const who = event.participants.map((participant) => participant.name).join(", ");
      console.log(`+ ${id} ${event.type} ${event.date.value} ${who}`);
    }
    left -= 1;
    if (left === 0) stop();
  },
});

function stop() {
  console.log(`${standing.size} events stand`);
  // Outside of the handler, which the consumer waits for before it leaves.
  setTimeout(() => consumer.disconnect().then(() => process.exit(0)), 0);
}
