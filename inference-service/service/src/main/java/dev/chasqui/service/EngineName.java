package dev.chasqui.service;

/**
 * What an engine is known by in logs, health and meters.
 *
 * @param model the name by which the service asks for its model
 * @param device where it computes
 */
public record EngineName(String model, String device) {

  /** Where an engine computes that another program has opened. */
  static final String ELSEWHERE = "shared";

  @Override
  public String toString() {
    return model + " on " + device;
  }
}
