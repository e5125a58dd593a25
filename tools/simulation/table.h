// What an experiment found: rows under column names, written as CSV, and curves of them as a picture.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace parley::simulation {

struct Table {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;

    std::string csv() const;
};

std::string number(double value, int decimals = 3);

// Points (x, y) of one line; y between 0 and 1.
struct Curve {
    std::string name;
    std::vector<std::pair<double, double>> points;
};

// A drawing that stands alone: axes, one line and its name for each curve, told apart by dashes as well as by colour.
struct Picture {
    std::string title, description, x_name, y_name;
    double y_from = 0, y_to = 1;
    double y_mark = 0;  // a line across, where it is more than y_from
    std::vector<Curve> curves;

    std::string svg() const;
};

}  // namespace parley::simulation
