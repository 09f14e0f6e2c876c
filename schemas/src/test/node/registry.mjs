// Checks a schema registry and our schemas with Confluent's npm client; one line of JSON on stdout.
// usage: node registry.mjs REGISTRY_URL PROMPT_SCHEMA_FILE RESPONSE_RECORD_HEX
import { readFileSync } from 'node:fs';
import {
  AvroDeserializer,
  AvroSerializer,
  Compatibility,
  SchemaRegistryClient,
  SerdeType,
} from '@confluentinc/schemaregistry';

const [registryUrl, schemaFile, responseHex] = process.argv.slice(2);
const client = new SchemaRegistryClient({ baseURLs: [registryUrl] });
const topic = 'node.prompts';
const subject = `${topic}-value`;
const schema = { schemaType: 'AVRO', schema: readFileSync(schemaFile, 'utf8') };
const broken = {
  schemaType: 'AVRO',
  schema: schema.schema.replace('"requestId"', '"request"'),
};

const result = {};
result.id = await client.register(subject, schema);
result.again = await client.register(subject, schema);
result.lookedUp = await client.getId(subject, schema);
result.versions = await client.getAllVersions(subject);
result.subjects = await client.getAllSubjects();
result.latestId = (await client.getLatestSchemaMetadata(subject)).id;
result.sameText =
  JSON.parse((await client.getBySubjectAndId(subject, result.id)).schema).name ===
  JSON.parse(schema.schema).name;
await client.updateCompatibility(subject, Compatibility.FULL_TRANSITIVE);
result.level = await client.getCompatibility(subject);
result.compatible = await client.testSubjectCompatibility(subject, schema);
result.brokenCompatible = await client.testSubjectCompatibility(subject, broken);
try {
  await client.register(subject, broken);
} catch (e) {
  result.refusedStatus = e.status;
}

const serializer = new AvroSerializer(client, SerdeType.VALUE, {
  autoRegisterSchemas: false,
  useLatestVersion: true,
});
const bytes = await serializer.serialize(topic, {
  requestId: 'node-1',
  model: 'smollm2',
  messages: [{ role: 'USER', content: '¿Qué tal? 🦙' }],
  sampling: { maxTokens: 16 },
  submitTime: 1795510800000,
});
result.promptHex = bytes.toString('hex');

const deserializer = new AvroDeserializer(client, SerdeType.VALUE, {});
result.response = await deserializer.deserialize(
  'chasqui.responses',
  Buffer.from(responseHex, 'hex'),
);
console.log(JSON.stringify(result));
process.exit(0);
