/**
 * Slow answers on Kafka Streams, exactly once: requests go to an engine and come back later, while
 * the stream thread never waits.
 *
 * <p>In come records as bytes ({@link dev.chasqui.stream.AsyncTask#onRecord}), events of an engine
 * of any kind ({@link dev.chasqui.stream.AsyncTask#onEvent}, through a {@link
 * dev.chasqui.stream.Mailbox}) and the clock ({@link dev.chasqui.stream.AsyncTask#onTurn}); out go
 * records as bytes ({@link dev.chasqui.stream.Outlet}). Everything of a task runs on its stream
 * thread; the only parts that other threads may touch are {@link
 * dev.chasqui.stream.Mailbox.Sender}, {@link dev.chasqui.stream.Turnstile} and {@link
 * dev.chasqui.stream.CommitPace}. This package knows no model and no Spring.
 *
 * <h2>What is in the transaction</h2>
 *
 * One transaction of a stream thread holds, for all its tasks: the offsets of the records that were
 * read, the changelog records of every store, and everything that was forwarded. A crash after any
 * line below loses or keeps them together:
 *
 * <pre>
 * arrival   1  record R is read
 *           2  requests.put(R)                 crash 1-2: nothing is committed; R is read again
 *           3  line.enter(R), engine.call(R)   crash 3:   the same; the engine call dies or is cancelled
 *           4  commit {offset of R, requests}  crash 4+:  init finds R in the store and calls again
 * answer    5  event of the engine -> mailbox  crash 5:   the event is lost; init calls again, from what
 *                                                         progress says
 *           6  forward(tokens), progress.add   crash 6:   both or neither are committed: the next call
 *                                                         goes on behind the last committed token
 *           7  commit {tokens, progress}
 * end       8  forward(terminal), delete state crash 8:   both or neither: a request is either in the
 *           9  commit, at once                            store without terminal record, or gone with one
 * </pre>
 *
 * So whoever owns the partition needs nothing but its stores, and an engine call is the only thing
 * that may happen twice. It must be able to go on from committed progress.
 *
 * <p>An <em>incarnation</em> is the life of a task between {@code init} and {@code close}. After an
 * aborted transaction Kafka Streams closes a task, restores its stores and calls {@code init} again
 * on the same processor object, in the same process, with the engine still at work for the earlier
 * incarnation. {@link dev.chasqui.stream.AsyncProcessor} therefore makes a new {@link
 * dev.chasqui.stream.AsyncTask}, a new mailbox and new {@link dev.chasqui.stream.OpenCalls} each
 * time: calls of the earlier one are cancelled, its events fall into a closed mailbox, and no field
 * survives.
 */
@NullMarked
package dev.chasqui.stream;

import org.jspecify.annotations.NullMarked;
