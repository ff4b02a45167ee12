package aiv1.proposer.reply;

import java.util.List;

/// Lines of a part to be found, and those to put in their place.
record Edit(List<String> search, List<String> replace) {
    Edit {
        search = List.copyOf(search);
        replace = List.copyOf(replace);
    }
}
