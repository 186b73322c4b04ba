import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { followSystemTheme } from './lib/theme.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root.');
followSystemTheme();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
