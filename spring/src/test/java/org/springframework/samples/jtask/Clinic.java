package org.springframework.samples.jtask;

import dev.jtask.task.Task;
import org.springframework.stereotype.Service;

/// Somebody's own, in the package that Spring's samples have.
@Service
public class Clinic {

    @Task("clinic.remind")
    public void remind() {}
}
