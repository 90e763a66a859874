package io.elpis.model.search;

public enum SortOrder {
    ASC,
    DESC
}
