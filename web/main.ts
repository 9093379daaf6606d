import { createApp, watch } from 'vue';
import App from './App.vue';
import { useElements } from './elements';
import { sessionLost } from './http';
import { currentLocale, i18n, setLocale } from './i18n';
import { router } from './router';
import { forget } from './session';
import './style/base.css';
import './style/print.css';

setLocale(currentLocale());

// A session that ends under way leads to the log-in and from there back to the page.
watch(sessionLost, () => {
  forget();
  const { fullPath, name } = router.currentRoute.value;
  if (name !== 'logIn') void router.push({ name: 'logIn', query: { back: fullPath, lost: '1' } });
});

const app = createApp(App).use(i18n).use(router);
useElements(app);
app.mount('#app');
