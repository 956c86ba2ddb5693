package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The only class that needs the module {@code java.management}. */
final class Jmx {
    private static final String DOMAIN = "io.github.claudesessions";

    private Jmx() {}

    /** Registers {@code supervisor}; the result removes it. */
    static Registration register(String name, SessionSupervisor supervisor) {
        Check.that(
                ModuleLayer.boot().findModule("java.management").isPresent(),
                "jmx needs the module java.management, which this runtime does not have, was \"%s\"",
                name);
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName object;
        try {
            object = new ObjectName(DOMAIN + ":type=SessionSupervisor,name=" + ObjectName.quote(name));
            server.registerMBean(new SupervisorBean(supervisor), object);
        } catch (InstanceAlreadyExistsException e) {
            throw new IllegalArgumentException("jmx must be a name that is not in use, was \"" + name + "\"", e);
        } catch (JMException e) {
            throw new IllegalStateException("the supervisor can't be registered with JMX", e);
        }
        return () -> remove(server, object);
    }

    private static void remove(MBeanServer server, ObjectName object) {
        try {
            server.unregisterMBean(object);
        } catch (InstanceNotFoundException e) {
            return; // closed twice, or somebody else has removed it
        } catch (JMException e) {
            throw new IllegalStateException("the supervisor can't be removed from JMX", e);
        }
    }
}
