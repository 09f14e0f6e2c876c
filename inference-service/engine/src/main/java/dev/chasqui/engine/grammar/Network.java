package dev.chasqui.engine.grammar;

import java.util.Arrays;
import java.util.List;

/**
 * Rules as a network of nodes: edges take a byte, leaps take none, calls go through a rule and come
 * back. Written by {@link NetworkWriter}, then never changed.
 */
final class Network {

  private final List<Node> nodes;
  private final int start;

  Network(List<Node> nodes, int start) {
    this.nodes = List.copyOf(nodes);
    this.start = start;
  }

  /** A node and what leads away from it. */
  static final class Node {

    private static final int[] NONE = {};

    /** Triples of least byte, greatest byte, node. */
    private int[] edges = NONE;

    private int[] leaps = NONE;

    /** Pairs of the first node of a rule and the node to come back to. */
    private int[] calls = NONE;

    private boolean ends;

    void edge(int least, int greatest, int to) {
      edges = with(edges, least, greatest, to);
    }

    void leap(int to) {
      leaps = with(leaps, to);
    }

    void call(int rule, int back) {
      calls = with(calls, rule, back);
    }

    void end() {
      ends = true;
    }

    int[] edges() {
      return edges;
    }

    int[] leaps() {
      return leaps;
    }

    int[] calls() {
      return calls;
    }

    /** Returns whether its rule may end here. */
    boolean ends() {
      return ends;
    }

    /** Returns whether nothing but the end of its rule is left. */
    boolean onlyEnds() {
      return ends && edges.length + leaps.length + calls.length == 0;
    }

    private static int[] with(int[] before, int... added) {
      int[] all = Arrays.copyOf(before, before.length + added.length);
      System.arraycopy(added, 0, all, before.length, added.length);
      return all;
    }
  }

  Node node(int index) {
    return nodes.get(index);
  }

  /** Returns the first node of the root rule. */
  int start() {
    return start;
  }

  /** Returns for each byte the class of bytes that no edge tells from it. */
  int[] byteClasses() {
    boolean[] begins = new boolean[257];
    for (Node node : nodes) {
      for (int i = 0; i < node.edges.length; i += 3) {
        begins[node.edges[i]] = true;
        begins[node.edges[i + 1] + 1] = true;
      }
    }
    int[] classes = new int[256];
    int current = 0;
    for (int value = 0; value < 256; value++) {
      current += value > 0 && begins[value] ? 1 : 0;
      classes[value] = current;
    }
    return classes;
  }
}
