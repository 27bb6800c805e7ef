package io.dynlock.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.LockException;
import io.dynlock.TableState;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Whether the tables of all clients can be used: one DescribeTable each.
 *
 * @param isUp whether all of them can
 * @param details what was found, by the name of the client
 */
public record TableHealth(boolean isUp, Map<String, Object> details) {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	/**
	 * Looks at the tables.
	 * @param beanFactory has the clients
	 */
	public static TableHealth of(ListableBeanFactory beanFactory) {
		boolean up = true;
		Map<String, Object> details = new LinkedHashMap<>();
		for (Map.Entry<String, DistributedLockTemplate> client : LockClients.of(beanFactory).entrySet()) {
			Map<String, Object> found = new LinkedHashMap<>();
			up &= look(client.getValue(), found);
			details.put(client.getKey(), found);
		}
		return new TableHealth(up, details);
	}

	private static boolean look(DistributedLockTemplate locks, Map<String, Object> found) {
		found.put("table", locks.tableOptions().table());
		try {
			TableState state = locks.describeTable(TIMEOUT);
			state.region().ifPresent((region) -> found.put("region", region));
			found.put("status", state.status());
			return state.isUsable();
		}
		catch (LockException ex) {
			found.put("error", String.valueOf(ex.getMessage()));
			return false;
		}
	}

}
