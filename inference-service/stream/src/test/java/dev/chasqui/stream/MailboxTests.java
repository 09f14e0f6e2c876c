package dev.chasqui.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxTests {

  private final Mailbox<Integer> mailbox = new Mailbox<>();
  private final List<Integer> read = new ArrayList<>();

  @Test
  void keepsTheOrderOfASender() {
    Mailbox.Sender<Integer> sender = mailbox.sender();
    sender.send(1);
    sender.send(2);
    mailbox.drain(read::add);
    assertThat(read).containsExactly(1, 2);
  }

  @Test
  void leavesWhatArrivesWhileDrainingForTheNextTime() {
    Mailbox.Sender<Integer> sender = mailbox.sender();
    sender.send(1);
    mailbox.drain(event -> {
      read.add(event);
      sender.send(event + 1);
    });
    assertThat(read).containsExactly(1);
    mailbox.drain(read::add);
    assertThat(read).containsExactly(1, 2);
  }

  @Test
  void dropsWhatIsSentAfterItClosed() {
    Mailbox.Sender<Integer> sender = mailbox.sender();
    sender.send(1);
    mailbox.close();
    sender.send(2);
    mailbox.drain(read::add);
    assertThat(read).isEmpty();
  }

  @Test
  void takesEventsFromManyThreadsWithoutLoss() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int n = 0; n < 1000; n++) {
                  mailbox.sender().send(n);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    mailbox.drain(read::add);
    assertThat(read).hasSize(4000);
  }
}
