// Submits one prompt to Chasqui and follows its answer; one line of JSON on stdout.
// usage: node submit.mjs '{"bootstrap":"…","registry":"…","topics":{"prompts":"…","responses":"…"}}' MODEL PROMPT
// The first argument is the line that `deploy/standalone/run --serve --json` prints.
import { randomUUID } from 'node:crypto';
import { AvroDeserializer, AvroSerializer, SchemaRegistryClient, SerdeType } from '@confluentinc/schemaregistry';
import kafkajs from 'kafkajs';

const { Kafka, Partitioners, logLevel } = kafkajs;
const [connection, model, prompt] = process.argv.slice(2);
const { bootstrap, registry, topics } = JSON.parse(connection);
const requestId = `node-${randomUUID()}`;
const finals = new Set(['FINISHED', 'REJECTED', 'CANCELLED', 'EXPIRED', 'FAILED']);

const schemas = new SchemaRegistryClient({ baseURLs: [registry] });
const serializer = new AvroSerializer(schemas, SerdeType.VALUE, {
  autoRegisterSchemas: false,
  useLatestVersion: true,
});
const deserializer = new AvroDeserializer(schemas, SerdeType.VALUE, {});
const kafka = new Kafka({ clientId: requestId, brokers: bootstrap.split(','), logLevel: logLevel.ERROR });
const consumer = kafka.consumer({ groupId: requestId, readUncommitted: false });
// Records of one request must share a partition, so the partitioner must be the one that Java has.
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });

const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
const answer = { requestId };
// One list of records for each answer, so that a retraction can take the last of them back.
const choices = [];
const records = (choice) => (choices[choice] ??= []);
const tokenIds = (choice) => records(choice).flatMap((record) => record.tokenIds);
const text = (choice) => records(choice).map((record) => record.text).join('');
let done;
const finished = new Promise((resolve) => (done = resolve));

await consumer.connect();
await consumer.subscribe({ topic: topics.responses, fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    if (message.key?.toString() !== requestId) return;
    const event = await deserializer.deserialize(topics.responses, message.value);
    if (event.type === 'TOKENS') {
      const { choice, sequence } = event.tokens;
      if (sequence !== tokenIds(choice).length) {
        throw new Error(`expected sequence ${tokenIds(choice).length}, got ${sequence}`);
      }
      records(choice).push(event.tokens);
    } else if (event.type === 'RETRACTED') {
      const { choice, fromSequence } = event.retracted;
      choices[choice] = records(choice).filter((record) => record.sequence < fromSequence);
      (answer.retracted ??= []).push(event.retracted);
    } else if (finals.has(event.type)) {
      answer.type = event.type;
      answer.text = text(0);
      answer.tokenIds = tokenIds(0);
      if (choices.length > 1) answer.choices = Array.from(choices, (_, i) => ({ text: text(i), tokenIds: tokenIds(i) }));
      answer.final = event[event.type.toLowerCase()];
      answer.metadata = event.metadata;
      done();
    }
  },
});
await joined;

await producer.connect();
await producer.send({
  topic: topics.prompts,
  messages: [
    {
      key: requestId,
      value: await serializer.serialize(topics.prompts, {
        requestId,
        model,
        messages: [{ role: 'USER', content: prompt }],
        sampling: { maxTokens: 24 },
        metadata: { client: 'node' },
        submitTime: Date.now(),
      }),
    },
  ],
});
await finished;
await Promise.all([producer.disconnect(), consumer.disconnect()]);
console.log(JSON.stringify(answer));
process.exit(0);
