package aiv1.dashboard.board;

import tools.jackson.databind.JsonNode;

/// Something that browsers are told, with its number, from 1, growing.
public record Event(long number, String name, JsonNode data) {}
