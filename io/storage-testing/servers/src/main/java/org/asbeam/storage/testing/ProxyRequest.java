package org.asbeam.storage.testing;

import java.util.Map;

/**
 * A request that reached a {@link FaultyProxy}.
 *
 * @param number how many requests came before it under the same rules
 * @param method such as {@code PUT}
 * @param path with the query, encoded as it was sent
 * @param headers found without regard to case
 * @param body of a POST of up to a megabyte, else empty; one byte became one char
 */
public record ProxyRequest(
    long number, String method, String path, Map<String, String> headers, String body) {}
