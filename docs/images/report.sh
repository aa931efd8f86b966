#!/bin/sh
# Makes report.png, the picture in docs/reports.md: the head of the report for the command in README.md, without --bench. Needs Chromium.
set -e
cd "$(dirname "$0")/../.."
dotnet run --project src/OnnxPrune.Cli -c Release -- prune models/resnet20-cifar10.onnx -o artifacts/resnet20-half.onnx --budget macs=50% \
  --calibration models/cifar10-calibration-x.npy --data models/cifar10-test-x.npy --labels models/cifar10-test-y.npy --report artifacts/report.html
"${CHROMIUM:-chromium}" --headless=new --no-sandbox --disable-gpu --hide-scrollbars --window-size=1000,660 \
  --screenshot=docs/images/report.png "file://$PWD/artifacts/report.html"
