package io.dynlock.actuate;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.dynlock.DistributedLockTemplate;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The clients of an application by their names, those that are injected only by a
 * qualifier included.
 */
final class LockClients {

	private static final String DEFAULT_BEAN = "distributedLockTemplate";

	private LockClients() {
	}

	static SortedMap<String, DistributedLockTemplate> of(ListableBeanFactory beanFactory) {
		SortedMap<String, DistributedLockTemplate> clients = new TreeMap<>();
		for (Map.Entry<String, DistributedLockTemplate> bean : beanFactory.getBeansOfType(DistributedLockTemplate.class)
			.entrySet()) {
			clients.put(name(bean.getKey()), bean.getValue());
		}
		return clients;
	}

	private static String name(String beanName) {
		if (beanName.equals(DEFAULT_BEAN)) {
			return "default";
		}
		return beanName.startsWith(DEFAULT_BEAN + "-") ? beanName.substring(DEFAULT_BEAN.length() + 1) : beanName;
	}

}
