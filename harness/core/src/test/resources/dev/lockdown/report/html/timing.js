// How long each frame took from its start until all of it was parsed and its script had run, in milliseconds.
onload = () => document.querySelectorAll('iframe').forEach(frame => {
  const timing = frame.contentWindow.performance.timing;
  const item = document.createElement('li');
  item.textContent = `${frame.name}.ready=${timing.domContentLoadedEventEnd - timing.domLoading}`;
  document.querySelector('ul').append(item);
});
