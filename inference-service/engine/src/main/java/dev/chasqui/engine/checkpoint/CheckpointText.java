package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.TokenIds;
import java.util.Optional;

/**
 * What a checkpoint says of text.
 *
 * @param vocabulary the raw definition of the tokenizer, one piece for each token id of the model
 * @param chatTemplate Jinja source, where there is one
 * @param endTokens what ends an answer, beside the tokens that the vocabulary names
 */
record CheckpointText(Vocabulary vocabulary, Optional<String> chatTemplate, TokenIds endTokens) {}
