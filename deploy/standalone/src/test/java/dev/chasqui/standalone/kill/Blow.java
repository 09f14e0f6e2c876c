package dev.chasqui.standalone.kill;

import java.time.Duration;
import java.util.function.Consumer;

/** What happens to a cluster in mid-answer. */
enum Blow {
  /** Every service dies and comes back to its state directory. */
  RESTART_ON_THE_SAME_STATE {
    @Override
    void strike(Cluster cluster, int victim) {
      cluster.services().forEach(ServiceProcess::kill);
    }

    @Override
    void heal(Cluster cluster, Consumer<Duration> meanwhile) {
      cluster.services().forEach(ServiceProcess::start);
    }
  },
  /** Every service dies and comes back with an empty disk. */
  RESTART_ON_EMPTY_STATE {
    @Override
    void strike(Cluster cluster, int victim) {
      cluster.services().forEach(ServiceProcess::kill);
    }

    @Override
    void heal(Cluster cluster, Consumer<Duration> meanwhile) {
      cluster.forgetState();
      cluster.services().forEach(ServiceProcess::start);
    }
  },
  /** One instance of each service dies for good. */
  SECOND_TAKES_OVER {
    @Override
    void strike(Cluster cluster, int victim) {
      cluster.instance(victim).forEach(ServiceProcess::kill);
    }

    @Override
    void heal(Cluster cluster, Consumer<Duration> meanwhile) {
      // the other instance is all there is
    }
  },
  /** The broker dies and stays away longer than the transaction timeout; the services live on. */
  BROKER_GONE {
    @Override
    void strike(Cluster cluster, int victim) {
      cluster.broker().kill();
    }

    @Override
    void heal(Cluster cluster, Consumer<Duration> meanwhile) {
      meanwhile.accept(Duration.ofSeconds(15));
      cluster.broker().start();
    }
  };

  /**
   * Does the damage.
   *
   * @param cluster who suffers it
   * @param victim which instance, where it is one
   */
  abstract void strike(Cluster cluster, int victim);

  /**
   * Brings back what comes back.
   *
   * @param cluster who suffered
   * @param meanwhile passes time, reading
   */
  abstract void heal(Cluster cluster, Consumer<Duration> meanwhile);
}
