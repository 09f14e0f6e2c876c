package dev.chasqui.schemas.registry.server;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the handler of a request; {@code {}} in a pattern stands for one segment of the path. */
final class Routes {
  /** Answers a request with a value that becomes JSON. */
  interface Handler {
    Object answer(ApiRequest request) throws RegistryError, IOException;
  }

  private record Route(String method, Pattern path, Handler handler) {}

  private final List<Route> routes = new ArrayList<>();

  Routes add(String method, String path, Handler handler) {
    routes.add(new Route(method, Pattern.compile(path.replace("{}", "([^/]+)") + "/?"), handler));
    return this;
  }

  /** Answers a request, whose path is still encoded. */
  Object answer(String method, URI uri, String body) throws RegistryError, IOException {
    String path = uri.getRawPath();
    for (Route route : routes) {
      Matcher match = route.path().matcher(path);
      if (route.method().equals(method) && match.matches()) {
        return route.handler().answer(new ApiRequest(segments(match), query(uri), body));
      }
    }
    throw RegistryError.noSuchPath(method, path);
  }

  private static List<String> segments(Matcher match) throws RegistryError {
    List<String> segments = new ArrayList<>();
    for (int group = 1; group <= match.groupCount(); group++) {
      segments.add(decoded(match.group(group).replace("+", "%2B")));
    }
    return segments;
  }

  private static Map<String, String> query(URI uri) throws RegistryError {
    Map<String, String> values = new HashMap<>();
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String pair : query.split("&")) {
      String[] parts = pair.split("=", 2);
      values.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "true");
    }
    return values;
  }

  private static String decoded(String text) throws RegistryError {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RegistryError.badRequest("Bad encoding in '" + text + "'");
    }
  }
}
